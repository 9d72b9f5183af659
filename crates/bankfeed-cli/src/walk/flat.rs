//! Through lists that providers have once, not once for each connection.

use std::ops::ControlFlow;

use bankfeed::Records;

use super::tally::{Tally, Walked};
use crate::interrupt::Interrupt;
use crate::output::{Progress, Settings};
use crate::providers::Feed;
use crate::trouble::Trouble;

/// Gives each record of each provider to `take`, until that has enough.
///
/// # Errors
/// When `take` fails. What providers fail at is told on the way, and tallied.
pub(crate) async fn flat<T: 'static>(
    feeds: &[Feed],
    settings: Settings,
    list: impl Fn(&Feed) -> Option<Records<T>>,
    mut take: impl FnMut(&Feed, T) -> Result<ControlFlow<()>, Trouble>,
) -> Result<Walked, Trouble> {
    let mut interrupt = Interrupt::listen();
    let mut tally = Tally::new(Progress::new(settings), settings.quiet, None);
    'feeds: for feed in feeds {
        let Some(mut records) = list(feed) else { continue };
        loop {
            match interrupt.or(records.next()).await {
                None => {
                    tally.interrupted();
                    break 'feeds;
                }
                Some(None) => {
                    tally.whole();
                    break;
                }
                Some(Some(Ok(record))) => {
                    tally.record(&feed.id);
                    if take(feed, record)?.is_break() {
                        break 'feeds;
                    }
                }
                Some(Some(Err(error))) if error.is_bad_record() => tally.bad_record(&error),
                Some(Some(Err(error))) => {
                    tally.failed(&feed.id, None, error);
                    break;
                }
            }
        }
        tally.losses(&feed.id, &records.losses());
    }
    tally.end(None)
}

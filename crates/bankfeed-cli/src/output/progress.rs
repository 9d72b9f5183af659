//! Progress on stderr, when a person watches it.

use std::io::IsTerminal as _;
use std::time::Duration;

use bankfeed::ProviderId;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Settings;
use crate::arguments::Format;

/// How far a list has come. Silent unless stderr is a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    count: u64,
}

/// After how many records the line is renewed.
const STEP: u64 = 100;

impl Progress {
    pub(crate) fn new(settings: Settings) -> Self {
        // Lines that go to the same terminal as they come are progress enough.
        let among = settings.format != Format::Table && std::io::stdout().is_terminal();
        let watched = !settings.quiet && !among && std::io::stderr().is_terminal();
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {human_pos} records in {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message("asking");
        if watched {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar, count: 0 }
    }

    /// One record more.
    pub(crate) fn one(&mut self, provider: &ProviderId) {
        self.count += 1;
        if self.count % STEP == 1 {
            self.bar.set_position(self.count);
            self.bar.set_message(provider.to_string());
        }
    }

    /// Lets something else be printed in the meantime.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

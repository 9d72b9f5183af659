//! `bankfeed webhook`

mod checkers;
mod listen;
mod receiver;
mod recorded;
mod shown;
mod stir;
mod verify;

pub(super) use checkers::{Lack, lacks};

use crate::arguments::Source;
use crate::output::Settings;
use crate::trouble::{Exit, Trouble};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Receive callbacks, verify them, and print what they tell, as a table or as JSON lines
    Listen(listen::Arguments),
    /// Verify one callback that was recorded; exit code 0 when it is genuine, 1 when not
    Verify(verify::Arguments),
}

pub(super) async fn run(source: &Source, settings: Settings, wanted: Arguments) -> Result<Exit, Trouble> {
    match wanted.what {
        What::Listen(wanted) => listen::run(source, settings, wanted).await,
        What::Verify(wanted) => verify::run(source, settings, wanted).await,
    }
}

//! What the command line offers.

mod arguments;
mod card;

use std::io::Write as _;

use bankfeed_sandbox::Sandbox;
use tracing_subscriber::filter::LevelFilter;

pub(crate) use arguments::Arguments;

/// Starts the sandbox, prints its card, and serves until the process is ended.
pub(crate) fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let level = if arguments.quiet { LevelFilter::WARN } else { LevelFilter::INFO };
    tracing_subscriber::fmt().with_max_level(level).with_target(false).with_writer(std::io::stderr).init();
    let clock = arguments.clock()?;
    let sandbox = arguments.builder()?.start_blocking()?;
    // Whoever reads the card through a pipe waits for its last line.
    let mut out = std::io::stdout().lock();
    write!(out, "{}", card::card(&sandbox, &clock))?;
    out.flush()?;
    drop(out);
    serve(&sandbox)
}

/// The sandbox has threads of its own; this one has nothing left to do.
fn serve(_sandbox: &Sandbox) -> ! {
    loop {
        std::thread::park();
    }
}

//! What every command that serves a sandbox needs: its arguments, its card, its log.

mod arguments;
mod card;

use tracing_subscriber::filter::LevelFilter;

pub use arguments::ServeArguments;

/// Logs to stderr from now on: a line for each request and callback, without bodies, queries or keys. Quiet, only what is wrong.
pub fn log(quiet: bool) {
    let level = if quiet { LevelFilter::WARN } else { LevelFilter::INFO };
    let log = tracing_subscriber::fmt().with_max_level(level).with_target(false).with_writer(std::io::stderr);
    // Whoever has a log already keeps it.
    let _ = log.try_init();
}

//! The `bankfeed-sandbox` command: the four providers on a fixed port of this machine.

use std::io::Write as _;
use std::process::ExitCode;

use bankfeed_sandbox::Sandbox;
use bankfeed_sandbox::command::{self, ServeArguments};
use clap::Parser as _;

/// Salt Edge, Belvo, Khipu and Wealth Reader on this machine: no credentials, no network, no bank.
#[derive(clap::Parser)]
#[command(name = "bankfeed-sandbox", version, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    serve: ServeArguments,
    /// Log no requests
    #[arg(long, short)]
    quiet: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the sandbox, prints its card, and serves until the process is ended.
fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    command::log(arguments.quiet);
    let (sandbox, card) = arguments.serve.start()?;
    // Whoever reads the card through a pipe waits for its last line.
    let mut out = std::io::stdout().lock();
    write!(out, "{card}")?;
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

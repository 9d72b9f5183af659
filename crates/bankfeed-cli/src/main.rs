//! The `bankfeed` command: what four bank-data aggregators know, in a terminal.
//!
//! `arguments` says what can be asked, `config` where credentials come from, `providers` sets them up, `walk` goes through what
//! they give, `output` shows it, `trouble` says what went wrong and what to do.

#![forbid(unsafe_code)]

mod arguments;
mod commands;
mod config;
mod embedded;
mod interrupt;
mod output;
mod providers;
mod trouble;
mod walk;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;
use crate::trouble::Trouble;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let settings = output::Settings::of(&arguments.output);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Trouble::Person {
            problem: format!("the system gives no thread: {error}"),
            help: "see what else runs, and the limits set for processes".to_owned(),
            exit: trouble::Exit::Failed,
        })
        .and_then(|runtime| runtime.block_on(commands::run(arguments, settings)));
    match outcome {
        Ok(exit) => exit.into(),
        // Who reads has seen enough, as in `bankfeed transactions | head`.
        Err(trouble) if trouble.is_closed_pipe() => ExitCode::SUCCESS,
        Err(trouble) => {
            trouble.tell();
            trouble.exit().into()
        }
    }
}

//! Maintenance of the bankfeed workspace: `cargo xtask help` lists what it does.

mod commands;
mod compare;
mod diagnostic;
mod diff;
mod drift;
mod facade;
mod facts;
mod generate;
mod json_schema;
mod lint;
mod lower;
mod model;
mod names;
mod new_provider;
mod output;
mod pipeline;
mod playbook;
mod records;
mod refine;
mod spec;
mod subjects;
mod surface;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Maintenance of the bankfeed workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate client crates from their specifications
    Codegen(commands::codegen::Arguments),
    /// Check specifications alone: house rules, examples, vocabulary
    Lint(commands::lint::Arguments),
    /// Print what callers of a client see: operations, types, fields
    Surface(commands::surface::Arguments),
    /// Begin a provider: specification, client, adapter, player
    NewProvider(commands::new_provider::Arguments),
    /// Compare specifications by meaning: for the wire, for callers in Rust, for releases
    Diff(commands::diff::Arguments),
    /// Measure what a client costs those who build it
    Timings(commands::timings::Arguments),
    /// Hold a specification against the provider's own description
    Compare(commands::compare::Arguments),
    /// Hold recorded answers against a specification
    Drift(commands::drift::Arguments),
    /// Run what continuous integration runs
    Ci(commands::ci::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Codegen(arguments) => commands::codegen::run(&arguments),
        Command::Lint(arguments) => commands::lint::run(&arguments),
        Command::Surface(arguments) => commands::surface::run(&arguments),
        Command::NewProvider(arguments) => commands::new_provider::run(&arguments),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Timings(arguments) => commands::timings::run(&arguments),
        Command::Compare(arguments) => commands::compare::run(&arguments),
        Command::Drift(arguments) => commands::drift::run(&arguments),
        Command::Ci(arguments) => commands::ci::run(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            commands::tell(&error);
            ExitCode::FAILURE
        }
    }
}

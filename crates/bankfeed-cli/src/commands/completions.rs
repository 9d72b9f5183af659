//! `bankfeed completions` and `bankfeed man`

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::arguments::Arguments;
use crate::trouble::{Exit, Trouble};

/// Prints the completions of a shell.
pub(super) fn print(shell: Shell) -> Result<Exit, Trouble> {
    // Into memory first: the generator panics where nobody reads any more.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "bankfeed", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// Prints the manual page of the command, or of one of its subcommands.
pub(super) fn manual(page: Option<&str>) -> Result<Exit, Trouble> {
    let mut command = Arguments::command();
    command.build();
    let command = match page {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names: Vec<&str> = command.get_subcommands().map(|known| known.get_name()).collect();
                return Err(Trouble::usage(
                    format!("there is no command `{name}`"),
                    format!("the commands are {}", names.join(", ")),
                ));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    std::io::stdout().write_all(&page)?;
    Ok(Exit::Done)
}

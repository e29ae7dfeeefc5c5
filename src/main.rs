//! The command line: reads the arguments, runs one command, says in both languages why it could not.

use clap::Parser as _;
use std::{io::Write as _, process::ExitCode};
use zengxin::command::{CommandLine, Stop};

fn main() -> ExitCode {
    let arguments = CommandLine::parse();
    match arguments.run(&mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // A closed standard error leaves nobody to tell.
        Err(Stop::Failed(failure)) => {
            let _ = writeln!(std::io::stderr(), "{failure}");
            ExitCode::FAILURE
        }
        Err(Stop::Refused(problem)) => {
            let _ = writeln!(std::io::stderr(), "{}", problem.line());
            ExitCode::from(2)
        }
    }
}

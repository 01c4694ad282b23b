//! The command line: parse, run, print the error.

fn main() -> std::process::ExitCode {
    cupola::cli::main()
}

//! The arguments of `hyperopt studies`.

use clap::{Args, Subcommand, ValueHint};

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct StudiesArgs {
    #[command(subcommand)]
    pub(crate) command: Option<StudiesCommand>,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StudiesCommand {
    /// Lists the studies with their trials by state, their best objective and their sampler.
    List(ListArgs),
    /// Deletes a study with all its trials. The files of an output directory stay.
    Delete(DeleteArgs),
}

/// Parses the address of a database, which may be that of the variable `HYPEROPT_STUDY`.
pub(super) fn database(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err(
            "it is empty; write an address such as `sqlite:sweep.db`, or leave out the option and unset the variable \
                    HYPEROPT_STUDY"
                .into(),
        );
    }
    Ok(text.to_owned())
}

/// The database.
#[derive(Args, Clone, Debug)]
pub(crate) struct ListArgs {
    /// The database, `sqlite:FILE` or `postgres://USER@HOST/DB`, or the output directory of a sweep
    #[arg(value_name = "DIR|URL", env = "HYPEROPT_STUDY", hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub(crate) source: Option<String>,
    /// Prints one object of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DeleteArgs {
    /// The name of the study
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) database: ListArgs,
    /// Deletes without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Deletes the study even if processes still run its trials
    #[arg(long)]
    pub(crate) force: bool,
}

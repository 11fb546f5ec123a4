//! Pages of the manual that a test does as they say.

/// The files on a page: a line that ends with a path in backticks and a colon, then a fenced block.
pub fn files_of(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.match_indices("`:\n\n```").filter_map(|(at, mark)| {
        let path = page.get(..at)?.rsplit('`').next()?;
        let (_, rest) = page.get(at + mark.len()..)?.split_once('\n')?;
        // Not the folder that a command is run in.
        path.contains('.').then_some((path, rest.split_once("```\n")?.0))
    })
}

/// The commands on a page, each with what it answers.
pub fn commands_of(page: &str) -> impl Iterator<Item = (&str, &str)> {
    let blocks = page.split("```console\n").skip(1).filter_map(|rest| rest.split_once("```\n"));
    blocks.flat_map(|(block, _)| block.split("$ ").skip(1)).filter_map(|part| part.split_once('\n'))
}

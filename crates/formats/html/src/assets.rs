//! The page's fixed parts, put together when the program is built.

use crate::embed::csp_hash;

pub(crate) const BODY: &str = include_str!("../assets/show.html");

pub(crate) const STYLE: &str = concat!(
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/archive.css"),
    include_str!("../assets/css/reader.css"),
    include_str!("../assets/css/tables.css"),
    include_str!("../assets/css/charts.css"),
    include_str!("../assets/css/narrow.css"),
);

/// One script: its files share a scope, and a later one may call what an earlier one defines.
pub(crate) const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("../assets/js/elements.js"),
    include_str!("../assets/js/tips.js"),
    include_str!("../assets/js/dates.js"),
    include_str!("../assets/js/index.js"),
    include_str!("../assets/js/documents.js"),
    include_str!("../assets/js/selection.js"),
    include_str!("../assets/js/brush.js"),
    include_str!("../assets/js/facets.js"),
    include_str!("../assets/js/timeline.js"),
    include_str!("../assets/js/map.js"),
    include_str!("../assets/js/archive.js"),
    include_str!("../assets/js/filters.js"),
    include_str!("../assets/js/cards.js"),
    include_str!("../assets/js/reader.js"),
    include_str!("../assets/js/lists.js"),
    include_str!("../assets/js/search.js"),
    include_str!("../assets/js/evidence.js"),
    include_str!("../assets/js/matrix.js"),
    include_str!("../assets/js/events.js"),
    include_str!("../assets/js/series.js"),
    include_str!("../assets/js/sentiment.js"),
    include_str!("../assets/js/views.js"),
    include_str!("../assets/js/start.js"),
    "})();\n",
);

/// Outlines of land and of states, as paths of SVG.
pub(crate) const LAND: &str = include_str!("../data/land.path");
pub(crate) const BORDERS: &str = include_str!("../data/borders.path");

/// The page's policy: its own script and style, and nothing else.
pub(crate) fn policy() -> String {
    let (style, script) = (csp_hash(STYLE), csp_hash(SCRIPT));
    format!(
        "default-src 'none'; script-src {script}; style-src {style}; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_parts_are_what_their_hashes_say() {
        // HTML ends a script or a style at these; inside, hash and content would part.
        for part in [SCRIPT, STYLE, LAND, BORDERS] {
            assert!(!part.contains("</"), "a closing tag in an asset");
            assert!(!part.contains("<!--"));
            // HTML turns a carriage return into a line feed before it hashes.
            assert!(!part.contains('\r'));
        }
        assert!(!BODY.contains("<script") && !BODY.contains(" on") && !BODY.contains("style="));
    }

    #[test]
    fn no_html_is_made_of_strings() {
        for sink in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"] {
            assert!(!SCRIPT.contains(sink), "{sink}");
        }
    }

    #[test]
    fn the_outlines_are_paths_and_small() {
        for path in [LAND, BORDERS] {
            assert!(path.trim_end().chars().all(|c| c.is_ascii_digit() || "Mlz- ".contains(c)));
        }
        assert!(LAND.len() + BORDERS.len() < 60_000);
    }
}

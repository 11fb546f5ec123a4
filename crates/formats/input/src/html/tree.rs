//! The tree of a page, in time and memory that grow with the page and not faster, whoever wrote it.
//!
//! The parser's own time is the square of what a page holds in four places: attributes of one tag, elements that stand
//! open, formatting elements that stand open, and pieces of text. `feed` bounds the first, `filter` the others.

mod attributes;
mod feed;
mod filter;

use dom_query::Document;

/// Elements and pieces of text that a tree may have (some 50 MB).
const NODES: usize = 400_000;

/// The tree of a page.
///
/// # Errors
/// If it would have too many nodes.
pub(super) fn tree(page: &str) -> Result<Document, String> {
    feed::parsed(page)
        .ok_or_else(|| format!("a page of more than {NODES} elements and pieces of text, too many to parse"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        tree(page).unwrap().root().text().to_string()
    }

    #[test]
    fn pages_are_read_as_the_parser_alone_reads_them() {
        let pages = [
            "<!DOCTYPE html><title>Osh &amp; Jalal-Abad</title><p>One <b>two <i>three</b> four</i><p>five",
            "<!DOCTYPE html PUBLIC \"a>b\"><!-- <p a b> --><p class='a > b' id=x hidden/>One</p ><br/>two",
            "<script>if (a<b && c) { '</p>' }</script><SCRIPT><!-- <script></script> --></SCRIPT ><p>One",
            "<textarea><p>one</p></textarea><style><a b></style><xmp></a></xmp><plaintext></plaintext><p>",
            "<table>one<tr><td>two</td>three<tr><td>four</table><ul><li>five<li>six</ul>&notit; &#x41; & < <3 </",
            "<svg><style><p a>one</style><![CDATA[ <p> two > ]]></svg><math><mi>x</mi></math><?php 1 > 2 ?>three",
            "</p></br></h2><h1>one</h2>two<a>three<a>four</a></i></td></body></html>five<!bogus>six</>seven</ x>",
            "<pre>\none</pre>\r\n<select><option>two<option>three</select><template><p>four</template><p =x>five",
            "<p a=\"never closed",
            "<!-- never closed <p>",
            "<p>One &am",
            "<form><form></form><button><button>one</button><dd>two<dt>three</dl><nobr>x<nobr>y</nobr>",
        ];
        for page in pages {
            let alone = Document::from(page);
            for node in alone.root().descendants() {
                if node.is_comment() {
                    node.remove_from_parent();
                }
            }
            assert_eq!(tree(page).unwrap().html(), alone.html(), "{page}");
        }
    }

    #[test]
    fn what_is_over_the_bounds_is_left_out_of_the_tree_and_not_of_the_text() {
        let deep = format!("{}Osh{}", "<div>".repeat(5000), "</div>".repeat(5000));
        assert_eq!(text(&deep), "Osh");
        let numbered = |of: fn(u32) -> String| (0..5000).map(of).collect::<Vec<_>>().concat();
        let open = numbered(|i| format!("<font size={i}>{i}</i>"));
        let numbers = numbered(|i| i.to_string());
        assert_eq!(text(&open), numbers);
        let attributes = numbered(|i| format!(" a{i}='>'"));
        let page = tree(&format!("<p id=x{attributes}>Osh<p{attributes}/>waits")).unwrap();
        assert_eq!(page.root().text().to_string(), "Oshwaits");
        assert_eq!(page.select("#x").attrs().len(), attributes::MOST);
        let refused =
            |page: &str| tree(page).err().is_some_and(|told| told.contains("more than 400000 elements"));
        assert!(refused(&"<br>".repeat(500_000)));
        // Elements that the parser makes by itself count, too.
        let again = numbered(|i| format!("<b id={i}>"));
        assert!(refused(&format!("<p>{again}</p>{}", "<p>x".repeat(20_000))));
    }

    #[test]
    fn end_tags_of_what_was_left_out_close_nothing_else() {
        let page = format!("<div id=a>{}x{}</div><p id=b>y", "<div>".repeat(2000), "</div>".repeat(2000));
        let page = tree(&page).unwrap();
        assert_eq!(page.select("body > #b").length(), 1);
    }
}

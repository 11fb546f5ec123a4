//! Pages and mails that cost the most that is known, for their size.

/// A file that repeats something.
#[derive(Debug)]
pub(super) struct Hostile {
    pub name: &'static str,
    pub ending: &'static str,
    /// What stands before, is repeated, and stands behind. `{n}` is the number of the repetition.
    parts: [&'static str; 3],
}

impl Hostile {
    /// The file with about so many bytes. What ends the file is repeated as often where it says `{again}`.
    pub fn file(&self, bytes: usize) -> Vec<u8> {
        let [before, again, behind] = self.parts;
        let closing = behind.strip_prefix("{again}");
        let mut file = before.to_owned();
        let mut count = 0_u64;
        while file.len() + closing.map_or(0, |closing| closing.len() * count as usize) < bytes {
            file.push_str(&again.replace("{n}", &count.to_string()));
            count += 1;
        }
        match closing {
            Some(closing) => (0..count).for_each(|_| file.push_str(closing)),
            None => file.push_str(behind),
        }
        file.into_bytes()
    }
}

const fn page(
    name: &'static str,
    before: &'static str,
    again: &'static str,
    behind: &'static str,
) -> Hostile {
    Hostile { name, ending: "html", parts: [before, again, behind] }
}

const fn mail(
    name: &'static str,
    before: &'static str,
    again: &'static str,
    behind: &'static str,
) -> Hostile {
    Hostile { name, ending: "eml", parts: [before, again, behind] }
}

pub(super) const HOSTILE: &[Hostile] = &[
    page("text", "<p>", "Talks begin in Osh. ", ""),
    page("one word", "<p>", "x", ""),
    page("blanks", "<p>", " ", "x"),
    page("lines", "<pre>", "\n", "x"),
    page("attributes", "<p", " a{n}", ">x"),
    page("attributes, the same", "<p", " a", ">x"),
    page("attributes with values", "<p", " a{n}='>'", ">x"),
    page("attributes, never closed", "<p>x<p", " a{n}=\"", ""),
    page("attributes of an end tag", "<p>x</p", " a{n}", ">x"),
    page("attributes in a script", "<script></script", " a{n}", ">x"),
    page("attributes after a comment", "<!-- <p a=\" --><p>x<p", " a{n}", ">x"),
    page("attributes of bodies", "", "<body a{n}>", "x"),
    page("a value of entities", "<p a='", "&amp;", "'>x"),
    page("classes", "<p class='", "c{n} ", "'>x"),
    page("tags with attributes", "", "<p a=1 b=2 c=3 d=4 e=5 f=6 g=7>x", ""),
    page("ampersands", "<p>", "&", ""),
    page("entities", "<p>", "&amp;", ""),
    page("entities that are none", "<p>", "&notit;", ""),
    page("entities by number", "<p>", "&#65;", ""),
    page("an entity without end", "<p>&", "a", ""),
    page("less-than signs", "<p>", "<", ""),
    page("less-than signs apart", "<p>", "< ", ""),
    page("tags without names", "<p>x", "</>", ""),
    page("comments", "<p>", "<!---->x", ""),
    page("comments, never closed", "<p>x", "<!--", ""),
    page("hyphens in a comment", "<p>x<!--", " --", ""),
    page("declarations", "<p>x", "<!DOCTYPE a>", ""),
    page("processing instructions", "<p>x", "<?a>", ""),
    page("elements in elements", "", "<div>", "x{again}</div>"),
    page("elements never closed", "", "<span>", "x"),
    page("unknown elements", "", "<a{n}>x", ""),
    page("end tags of nothing", "<p>", "<b>x</i>", ""),
    page("end tags alone", "<p>x", "</i>", ""),
    page("end tags of paragraphs", "<p>x", "</p>", ""),
    page("end tags of lists", "<div>x", "<li></ul>", ""),
    page("formatting elements", "<p>", "<b><i><u>x</b></i></u>", ""),
    page("formatting elements, open", "<p>", "<font size={n}>x", ""),
    page("formatting, opened again", "<p>", "<p><font size={n}>x", ""),
    page("formatting around blocks", "", "<b><p>x</b>", ""),
    page("formatting in formatting", "", "<b id={n}><div>x</b>", ""),
    page("links in links", "<p>", "<a>x", ""),
    page("links around blocks", "<p>", "<a href=x><div>x", ""),
    page("nobr", "<p>", "<nobr>x", ""),
    page("tables in tables", "", "<table><tr><td>", "x"),
    page("tables, text outside of cells", "<table>", "x<tr>", ""),
    page("tables, formatting outside", "<table>", "<b>x<tr>", ""),
    page("tables in one another", "", "<table>", "x"),
    page("rows", "<table>", "<tr><td>x", ""),
    page("cells never closed", "<table><tr>", "<td>x", ""),
    page("paragraphs", "", "<p>x", ""),
    page("line breaks", "<p>", "x<br>", ""),
    page("entries of a list", "<ul>", "<li>x", ""),
    page("lists in lists", "", "<ul><li>x", ""),
    page("headings", "", "<h1>x</h2>", ""),
    page("articles", "", "<article>x", ""),
    page("forms", "", "<form><button>x", ""),
    page("choices", "<select>", "<option>x", ""),
    page("templates", "", "<template>x", ""),
    page("frames", "", "<frameset>", ""),
    page("pictures", "<p>x<svg>", "<path/>", "</svg>"),
    page("elements of pictures", "<p>x<svg>", "<g>", ""),
    page("out of pictures", "<p>x", "<svg><p>x", ""),
    page("formulas", "<p>x<math>", "<mi>x", ""),
    page("scripts", "<p>x", "<script>x</script>", ""),
    page("a script", "<p>x<script>", "if (a<b) { c('</p') } ", "</script>"),
    page("a script in comments", "<p>x<script>", "<!--<script>", "</script>"),
    page("styles", "<p>x<style>", "</styl ", "</style>"),
    page(
        "json-ld",
        "<p>x<script type=application/ld+json>[",
        "{\"@type\":\"NewsArticle\",\"headline\":\"x\"},",
        "1]</script>",
    ),
    page("json-ld, many", "<p>x", "<script type=application/ld+json>{}</script>", ""),
    page("json-ld, deep", "<p>x<script type=application/ld+json>", "[", "</script>"),
    page("titles", "<p>x", "<title>x</title>", ""),
    page("statements", "", "<meta name=author content=x{n}>", "<p>x"),
    page("dates in one another", "", "<i itemprop=datePublished>x", ""),
    page("dates in dates", "", "<div itemprop=datePublished>x", ""),
    page("authors", "<p>x", "<a rel=author>x</a>", ""),
    page("hidden elements", "<p>x", "<p style='display:none'>x", ""),
    mail("mail: text", "Subject: x\n\n", "Talks begin in Osh.\n", ""),
    mail("mail: one line", "Subject: x\n\n", "Talks begin in Osh. ", ""),
    mail("mail: headers", "", "X-{n}: x\n", "\nx"),
    mail("mail: headers, the same", "", "Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\n", "\nx"),
    mail("mail: a folded header", "Subject: x", "\n x", "\n\nx"),
    mail("mail: no colons", "Subject: x\n", "x\n", "\nx"),
    mail("mail: addresses", "To: ", "a{n}@desk.example, ", "\n\nx"),
    mail("mail: groups of addresses", "To: ", "g:a@desk.example;,", "\n\nx"),
    mail("mail: angle brackets", "To: ", "<", "\n\nx"),
    mail("mail: quotation marks", "To: ", "\"a\\\"", "\n\nx"),
    mail("mail: comments in comments", "To: ", "(", "\n\nx"),
    mail("mail: encoded words", "Subject: ", "=?utf-8?q?x?= ", "\n\nx"),
    mail("mail: encoded words, cut", "Subject: ", "=?utf-8?b?", "\n\nx"),
    mail("mail: references", "References: ", "<{n}@desk.example> ", "\n\nx"),
    mail("mail: parameters", "Content-Type: text/plain", "; a{n}=x", "\n\nx"),
    mail("mail: a parameter in parts", "Content-Type: text/plain", "; name*{n}=x", "\n\nx"),
    mail("mail: parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", "--b--\n"),
    mail("mail: empty parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", "--b--\n"),
    mail(
        "mail: alternatives",
        "Content-Type: multipart/alternative; boundary=b\n\n",
        "--b\nContent-Type: text/html\n\n<p>x\n",
        "--b--\n",
    ),
    mail("mail: parts in parts", "", "Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n", "\nx"),
    mail("mail: messages in messages", "", "Content-Type: message/rfc822\n\n", "Subject: x\n\nx"),
    mail(
        "mail: messages beside",
        "Content-Type: multipart/digest; boundary=b\n\n",
        "--b\n\nSubject: x\n\nx\n",
        "--b--\n",
    ),
    mail(
        "mail: messages in base64",
        "",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n",
        "x",
    ),
    mail(
        "mail: attachments",
        "Content-Type: multipart/mixed; boundary=b\n\n",
        "--b\nContent-Type: text/plain; name=x\nContent-Disposition: attachment\n\nx\n",
        "--b--\n",
    ),
    mail(
        "mail: almost boundaries",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
        "\n-",
        "\n--b--\n",
    ),
    mail("mail: hyphens", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", "-", "\n--b--\n"),
    mail("mail: base64", "Content-Transfer-Encoding: base64\n\n", "VGFsa3MgaW4gT3NoLiA=\n", ""),
    mail("mail: base64 that is none", "Content-Transfer-Encoding: base64\n\n", "=%", ""),
    mail("mail: quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n", "=41=\n", ""),
    mail("mail: a page", "Content-Type: text/html\n\n", "<b>x</i>", ""),
    mail("mail: UTF-7", "Content-Type: text/plain; charset=utf-7\n\n", "+AGE-", ""),
];

//! The web address that a saved page begins with.

use docmill_dates::Date;

/// The line, if it is nothing but a web address.
pub fn web_address(line: &str) -> Option<&str> {
    let web = ["http://", "https://", "www."].iter().any(|start| line.starts_with(start));
    (web && !line.contains(char::is_whitespace)).then_some(line)
}

/// The day that an address tells, as news sites write it: `/2022/07/25/`, `/2019-02-27/`, `ud=20220725000640`.
pub fn date_in_address(address: &str) -> Option<Date> {
    let path = address.split_once("//").map_or(address, |(_, rest)| rest);
    parts_of_path(path).or_else(|| runs_of_digits(path).find_map(compact))
}

/// Three numbers one after another: year, month, day.
fn parts_of_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split(['/', '-', '_', '=', '?', '.']).collect();
    parts.windows(3).find_map(|window| match window {
        [year, month, day] => date(year, month, day),
        _ => None,
    })
}

/// `20220725`, also with a number behind it.
fn compact(digits: &str) -> Option<Date> {
    date(digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?)
        .filter(|_| matches!(digits.len(), 8 | 10 | 12 | 14))
}

fn runs_of_digits(path: &str) -> impl Iterator<Item = &str> {
    path.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 8)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |text: &str, longest: usize| {
        (text.len() <= longest && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let year = digits(year, 4).filter(|year| (1980..2100).contains(year))?;
    Date::new(year, u8::try_from(digits(month, 2)?).ok()?, u8::try_from(digits(day, 2)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_days() {
        let date = |address| date_in_address(address).map(|date| date.to_string());
        for address in [
            "https://news.example/2022/07/05/title-of-the-piece/",
            "https://news.example/world/2022/7/5/title",
            "https://news.example/2022-07-05/x/0000017f-efed",
            "https://news.example/view.php?ud=20220705000640&np=1",
            "https://news.example/stories/202207050345.html",
        ] {
            assert_eq!(date(address).as_deref(), Some("2022-07-05"), "{address}");
        }
        for address in [
            "https://news.example/articles/38256",
            "https://news.example/news/sudan0815.html",
            "https://news.example/2022/07/title",
            "https://news.example/why-2022-99-10",
            "https://news.example/1016586428629345",
        ] {
            assert_eq!(date(address), None, "{address}");
        }
        assert_eq!(web_address("see https://news.example"), None);
    }
}

//! Dates as English news writes them: `September 13, 2005`, `13 Sept.`, `Sept. 13-15`, `May 12, 13`,
//! `Tue, 13 Sep 2005`, `May/June 2005`, `2005-09-13`, `13.09.2005`.
//!
//! ```
//! use docmill_dates::{Expression, Reading, full_date};
//!
//! let read = Expression::at_start("Sept. 13-15, 2005, p. 4").unwrap();
//! assert_eq!(read.len, "Sept. 13-15, 2005".len());
//! let range = &read.items[0];
//! assert_eq!((range.first.day, range.last.unwrap().day), (Some(13), Some(15)));
//! assert_eq!(full_date("Thursday, 9 February 2017").unwrap().to_string(), "2017-02-09");
//! // What `8/9/2017` means depends on who writes it.
//! assert_eq!(full_date("8/9/2017"), None);
//! ```

mod calendar;
mod cursor;
mod expression;
mod names;

pub use calendar::{Date, Weekday};
pub use expression::{Expression, Reading, Written, full_date};
pub use names::{is_month, month, weekday};

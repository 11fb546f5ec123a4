//! One static set of words for each class of a list.

/// Declares a static set of words for each class of a list whose second column is the class.
///
/// ```
/// use docmill_lexicon::{lists, word_classes};
///
/// word_classes! { lists::WORD_PARTS:
///     /// What stands before a hyphen and is no word of its own.
///     static PREFIXES = "prefix";
/// }
/// assert!(PREFIXES.contains("anti"));
/// ```
#[macro_export]
macro_rules! word_classes {
    ($list:path: $($(#[$doc:meta])* $vis:vis static $name:ident = $class:literal;)+) => {$(
        $(#[$doc])*
        $vis static $name: ::std::sync::LazyLock<$crate::Words> =
            ::std::sync::LazyLock::new(|| $list.shipped().of_class($class));
    )+};
}

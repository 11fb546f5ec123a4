//! Root categories of PLOVER, and operators on them.

use docmill_core::layers::Relation;

/// What a word says: a root category of PLOVER, or an operator on what follows.
///
/// Roots after the PLOVER manual, draft 0.8 (P. Schrodt, 2021); its quad classes are in [`Root::relation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Agree,
    Consult,
    Support,
    Cooperate,
    Aid,
    Yield,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    /// What follows is intended.
    Will,
    /// What follows is not so.
    Not,
    /// What follows ends.
    End,
    /// What follows is called off.
    Cancel,
}

impl Root {
    /// Quad class; none for operators.
    pub fn relation(self) -> Option<Relation> {
        Some(match self {
            Self::Agree | Self::Consult | Self::Support => Relation::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Yield => Relation::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Relation::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Relation::MaterialConflict
            }
            Self::Will | Self::Not | Self::End | Self::Cancel => return None,
        })
    }

    /// The root of that name in the list `relations`.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "agree" => Self::Agree,
            "consult" => Self::Consult,
            "support" => Self::Support,
            "cooperate" => Self::Cooperate,
            "aid" => Self::Aid,
            "yield" => Self::Yield,
            "request" => Self::Request,
            "accuse" => Self::Accuse,
            "reject" => Self::Reject,
            "threaten" => Self::Threaten,
            "protest" => Self::Protest,
            "sanction" => Self::Sanction,
            "mobilize" => Self::Mobilize,
            "coerce" => Self::Coerce,
            "assault" => Self::Assault,
            "will" => Self::Will,
            "not" => Self::Not,
            "end" => Self::End,
            "cancel" => Self::Cancel,
            _ => return None,
        })
    }
}

impl Root {
    /// True for the operators that turn what follows about.
    pub fn is_turning(self) -> bool {
        matches!(self, Self::End | Self::Cancel | Self::Not)
    }

    /// True for the roots of conflict.
    pub fn is_conflict(self) -> bool {
        use Root::{Accuse, Reject, Request, Threaten};
        self.is_hostile() || matches!(self, Accuse | Reject | Request | Threaten)
    }

    /// True for the roots of material conflict.
    pub fn is_hostile(self) -> bool {
        use Root::{Assault, Coerce, Mobilize, Protest, Sanction};
        matches!(self, Assault | Coerce | Mobilize | Protest | Sanction)
    }
}

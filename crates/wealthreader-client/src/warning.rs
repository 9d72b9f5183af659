//! How much warnings weigh.

use crate::generated::types::Warning;

/// What to do about a warning. Reads with warnings are successful: something is missing in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WarningPriority {
    /// Priority 1: the provider's support should know, with the session.
    Report,
    /// Priority 2: the user should know.
    TellUser,
    /// Priority 3: good to know.
    Note,
}

impl WarningPriority {
    /// The priority of a warning's code; `None` for a code this version does not know, such as the 1000 that the
    /// documentation's sample shows.
    ///
    /// Source: public digest of the live list of 2026-09-03. `list_warning_codes` has what the provider says today.
    pub fn for_code(code: i64) -> Option<Self> {
        Some(match code {
            2 | 1050 | 1052 | 1054 | 1057 | 1059 => Self::Report,
            1051 | 1053 | 1056 | 1058 | 1061 => Self::TellUser,
            10 | 1055 | 1060 => Self::Note,
            _ => return None,
        })
    }
}

impl Warning {
    /// What to do about it, if its code is known.
    pub fn priority(&self) -> Option<WarningPriority> {
        self.code.and_then(WarningPriority::for_code)
    }
}

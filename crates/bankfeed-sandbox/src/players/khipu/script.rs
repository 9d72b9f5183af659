//! Account numbers that play a part.
//!
//! | number | what happens |
//! |---|---|
//! | `000000000100` | E100, the login is wrong: do not retry |
//! | `000000000110` | E110, the bank locked the user out: wait four hours |
//! | `000000000201` | E201, the bank is down: retry immediately |
//! | `000000000202` | E202, the bank changed its pages: retry after a notification |
//! | `000000000300` | success with `Data` null |
//! | `000000000301` | success with `Data` an empty list |
//! | `000000000302` | E300, the bank has no such data: do not retry |
//! | `000000000400` | E400, the customer has no such account: do not retry |
//! | `000000000500` | status 500 with I001 |
//! | `000000000600` | success, but a balance is missing and `AdditionalInformation` says so |
//! | `000000000700` | T000, reading took too long: retry immediately |
//! | `000000000800` | an overdrawn account: a balance on the debit side |
//! | `000000000999` | E999; asynchronously the operation never ends, and four hours later the callback says so in the older form |

use super::envelope::{Failure, Retry};

/// What an account number stands for, where it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    WrongLogin,
    LockedOut,
    BankDown,
    BankChanged,
    Nothing,
    EmptyList,
    NoData,
    NoAccount,
    Infrastructure,
    Incomplete,
    TooSlow,
    Overdrawn,
    NeverEnds,
}

impl Part {
    pub(super) fn of(number: &str) -> Option<Self> {
        let digits = number.strip_prefix("000000000").filter(|digits| digits.len() == 3)?;
        Some(match digits {
            "100" => Self::WrongLogin,
            "110" => Self::LockedOut,
            "201" => Self::BankDown,
            "202" => Self::BankChanged,
            "300" => Self::Nothing,
            "301" => Self::EmptyList,
            "302" => Self::NoData,
            "400" => Self::NoAccount,
            "500" => Self::Infrastructure,
            "600" => Self::Incomplete,
            "700" => Self::TooSlow,
            "800" => Self::Overdrawn,
            "999" => Self::NeverEnds,
            _ => return None,
        })
    }

    /// Status and failure of a part that fails.
    pub(super) fn failure(self) -> (u16, Failure) {
        let (code, retry, text) = match self {
            Self::WrongLogin => ("E100", Retry::Never, "El banco rechazó la clave."),
            Self::LockedOut => ("E110", Retry::InFourHours, "El banco bloqueó al usuario."),
            Self::BankDown => ("E201", Retry::AtOnce, "El banco no responde."),
            Self::BankChanged => ("E202", Retry::WhenTold, "El banco cambió su sitio."),
            Self::NoData => ("E300", Retry::Never, "El banco no tiene los datos."),
            Self::NoAccount => ("E400", Retry::Never, "El cliente no tiene esa cuenta."),
            Self::Infrastructure => return (500, Failure::new("I001", Retry::AtOnce, "Error de infraestructura.")),
            Self::TooSlow => ("T000", Retry::AtOnce, "La lectura tardó demasiado."),
            Self::NeverEnds => ("E999", Retry::Never, "La operación no terminó."),
            Self::Nothing | Self::EmptyList | Self::Incomplete | Self::Overdrawn => {
                ("E000", Retry::Never, "Error sin detalles.")
            }
        };
        (200, Failure::new(code, retry, text))
    }
}

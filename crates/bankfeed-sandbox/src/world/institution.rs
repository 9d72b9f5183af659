//! Banks that do not exist.

use super::Region;

/// A bank.
#[derive(Debug)]
pub(crate) struct Institution {
    /// Lower-case, as it stands in codes, such as `banco_ficticio`.
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bic: &'static str,
    /// The bank's number within account numbers.
    pub(crate) number: &'static str,
    pub(crate) colour: &'static str,
}

const fn bank(
    code: &'static str,
    name: &'static str,
    bic: &'static str,
    number: &'static str,
    colour: &'static str,
) -> Institution {
    Institution { code, name, bic, number, colour }
}

pub(super) fn of(region: Region) -> &'static [Institution] {
    match region {
        Region::Europe => {
            const {
                &[
                    bank("fake_oauth_client_xf", "Fake Bank with Client Keys", "FAKEXFXX", "10010010", "#1d3557"),
                    bank("fakebank_interactive_xf", "Fake Bank with Second Factor", "FAKIXFXX", "20020020", "#457b9d"),
                    bank("fakebank_simple_xf", "Fakebank Simple", "FAKSXFXX", "30030030", "#a8dadc"),
                ]
            }
        }
        Region::Spain => {
            const {
                &[
                    bank("bancoficticio", "Banco Ficticio", "FICTESMM", "9990", "#e63946"),
                    bank("cajaimaginaria", "Caja Imaginaria", "IMAGESMM", "9991", "#2a9d8f"),
                ]
            }
        }
        Region::Brazil => {
            const {
                &[
                    bank("ofmockbank_br_retail", "Mock Bank Brasil", "MOCKBRSP", "999", "#264653"),
                    bank("ofbancoficticio_br_retail", "Banco Fictício", "FICTBRSP", "998", "#e9c46a"),
                ]
            }
        }
        Region::Mexico => {
            const { &[bank("planet_mx_employment", "Instituto de prueba", "PLANMXMM", "997", "#f4a261")] }
        }
        Region::Chile => const { &[bank("mockbank_cl_fiscal", "Servicio de prueba", "MOCKCLRM", "996", "#e76f51")] },
        Region::Argentina => const { &[bank("santander.com.ar", "Santander (prueba)", "MOCKARBA", "072", "#cc0000")] },
    }
}

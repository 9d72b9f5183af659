//! Error and warning codes: numbers and weight as the provider lists them, in the sandbox's own words.

use serde_json::{Value, json};

/// Spanish and English.
type Text = (&'static str, &'static str);

/// What an error code means.
struct Meaning {
    code: u32,
    /// The same call fails again.
    fatal: bool,
    what: Text,
    way_out: Way,
}

/// What to do about it.
#[derive(Clone, Copy)]
enum Way {
    Report,
    Correct,
    NewToken,
    Wait,
    AskUser,
    UserActs,
    Nothing,
    Tomorrow,
    Code,
    Approve,
    StartOver,
    Choose,
    Widget,
    Redirect,
}

impl Way {
    fn text(self) -> Text {
        match self {
            Self::Report => ("Avise a soporte con la sesión.", "Tell support, with the session."),
            Self::Correct => ("Corrija la llamada según el mensaje.", "Correct the call as the message says."),
            Self::NewToken => ("Pida un token nuevo con el widget.", "Have the widget make a new token."),
            Self::Wait => ("Repita pasados unos minutos.", "Call again in some minutes."),
            Self::AskUser => ("Pida los datos al usuario; no repita.", "Ask the user; do not repeat."),
            Self::UserActs => ("El usuario debe entrar en su banco.", "The user has to visit the bank."),
            Self::Nothing => ("No hay nada que leer.", "There is nothing to read."),
            Self::Tomorrow => ("Repita en 24 horas hábiles.", "Call again in 24 business hours."),
            Self::Code => ("Repita en la misma sesión con el código.", "Call again in the session, with the code."),
            Self::Approve => ("Repita en la sesión tras aprobar.", "Call again in the session once approved."),
            Self::StartOver => ("Empiece de nuevo.", "Start over."),
            Self::Choose => ("Repita en la sesión con lo elegido.", "Call again in the session with the choice."),
            Self::Widget => ("Termine en el widget.", "Finish in the widget."),
            Self::Redirect => ("Lleve al usuario a su banco.", "Send the user to the bank."),
        }
    }
}

const fn meaning(code: u32, fatal: bool, spanish: &'static str, english: &'static str, way_out: Way) -> Meaning {
    Meaning { code, fatal, what: (spanish, english), way_out }
}

const ERRORS: &[Meaning] = &[
    meaning(1, false, "Error sin clasificar", "Error of no other kind", Way::Report),
    meaning(2, false, "Llamada incorrecta", "The call is wrong", Way::Correct),
    meaning(3, true, "Token bloqueado tras un error fatal", "Token blocked after a fatal error", Way::NewToken),
    meaning(4, false, "Token no utilizable por ahora", "Token not usable for now", Way::Wait),
    meaning(1000, false, "El banco cambió al leer", "The bank changed: not readable", Way::Report),
    meaning(1001, false, "El banco cambió el formato", "The bank changed: other format", Way::Report),
    meaning(2000, true, "Datos de acceso incorrectos", "Login data refused", Way::AskUser),
    meaning(2001, true, "Usuario bloqueado por el banco", "User blocked by the bank", Way::AskUser),
    meaning(2002, false, "El banco espera algo del usuario", "The bank awaits the user", Way::UserActs),
    meaning(2003, false, "Producto no contratado", "Product not held", Way::Nothing),
    meaning(2004, true, "Conexión principal caída", "Main connection broken", Way::Tomorrow),
    meaning(2005, false, "Otra sesión del usuario está abierta", "Another session of the user is open", Way::Wait),
    meaning(2010, false, "Se pide un código", "A one-time code is asked for", Way::Code),
    meaning(20101, true, "Token por validar con un código", "Token to be validated with a code", Way::Code),
    meaning(2011, false, "Se pide aprobar en la app", "Approval in the app is asked for", Way::Approve),
    meaning(20111, true, "Token por validar en la app", "Token to be validated in the app", Way::Approve),
    meaning(2012, true, "Aún sin aprobar", "Not approved yet", Way::Approve),
    meaning(2013, false, "Se pide el código de una imagen", "The code of an image is asked for", Way::Code),
    meaning(20131, true, "Token por validar con una imagen", "Token to be validated with an image", Way::Code),
    meaning(2014, false, "Se pide aprobar tras una imagen", "Approval after an image is asked for", Way::Approve),
    meaning(20141, true, "Token por aprobar tras una imagen", "Token to be approved after an image", Way::Approve),
    meaning(2015, true, "El plazo de la validación pasó", "The challenge ran out of time", Way::StartOver),
    meaning(2016, false, "Se pide aprobar o un código", "Approval or a code is asked for", Way::Code),
    meaning(20161, true, "Token por aprobar o validar", "Token to be approved or validated", Way::Code),
    meaning(2017, false, "Hay que elegir el método", "A method is to be chosen", Way::Choose),
    meaning(20171, true, "Token por validar: elegir método", "Token to be validated: choose a method", Way::Choose),
    meaning(2018, true, "El método elegido no existe", "No such method", Way::Choose),
    meaning(2019, false, "Se pide la dirección de un mensaje", "The address in a message is asked for", Way::Code),
    meaning(20191, true, "Token por validar con una dirección", "Token to be validated with an address", Way::Code),
    meaning(2020, true, "Hay varios contratos", "There are several contracts", Way::Choose),
    meaning(2030, true, "Prueba que exige la extensión", "Check that needs the extension", Way::Widget),
    meaning(2050, false, "Captcha de imagen", "Image captcha", Way::Widget),
    meaning(2051, false, "Captcha de coordenadas", "Captcha with coordinates", Way::Widget),
    meaning(2052, false, "Captcha de puzle", "Puzzle captcha", Way::Widget),
    meaning(2053, false, "Captcha de audio", "Audio captcha", Way::Widget),
    meaning(2070, true, "El banco exige OAuth", "The bank demands OAuth", Way::Redirect),
    meaning(3000, false, "Banco en mantenimiento", "Bank under maintenance", Way::Wait),
    meaning(3001, false, "Tiempo agotado", "Out of time", Way::Wait),
    meaning(3002, false, "Conexión en mantenimiento", "Connection under maintenance", Way::Tomorrow),
    meaning(9999, true, "Token revocado por el cliente", "Token revoked by the client", Way::NewToken),
];

/// Warnings with their priority: 1 for what support should know, 3 for mere information.
const WARNINGS: &[(u32, u8)] = &[
    (2, 1),
    (10, 3),
    (1050, 1),
    (1051, 2),
    (1052, 1),
    (1053, 2),
    (1054, 1),
    (1055, 3),
    (1056, 2),
    (1057, 1),
    (1058, 2),
    (1059, 1),
    (1060, 3),
    (1061, 2),
];

fn say(text: Text, english: bool) -> &'static str {
    if english { text.1 } else { text.0 }
}

/// What went wrong, in Spanish as banks' customers read it; `None` when no error has the code.
pub(super) fn error(code: u32) -> Option<&'static str> {
    ERRORS.iter().find(|meaning| meaning.code == code).map(|meaning| meaning.what.0)
}

/// What is amiss, in Spanish; `None` when no warning has the code.
pub(super) fn warning(code: u32) -> Option<&'static str> {
    WARNINGS.iter().find(|(known, _)| *known == code).map(|(_, priority)| warned(*priority).0.0)
}

/// What a warning of a priority is about, and what to do.
fn warned(priority: u8) -> (Text, Text) {
    match priority {
        1 => (("Un producto se leyó solo en parte", "A product was read in part only"), Way::Report.text()),
        2 => (("El banco no muestra todo al usuario", "The bank does not show everything"), Way::UserActs.text()),
        _ => (("Un dato del banco es provisional", "A detail of the bank is provisional"), Way::Nothing.text()),
    }
}

/// All error codes, as a list in a list.
pub(super) fn errors(english: bool) -> Value {
    let list = ERRORS.iter().map(|meaning| {
        json!({
            "code": meaning.code,
            "description": say(meaning.what, english),
            "possible_reasons": say(reason(meaning.code), english),
            "how_to_proceed": say(meaning.way_out.text(), english),
            "fatal": meaning.fatal,
        })
    });
    json!([list.collect::<Vec<_>>()])
}

fn reason(code: u32) -> Text {
    match code {
        2..=4 | 9999 => ("La llamada o su token.", "The call or its token."),
        2000..=2002 | 2005 => ("El acceso del usuario en el banco.", "The user's login at the bank."),
        2010..=2053 | 20_000.. => ("El banco exige una segunda prueba.", "The bank demands a second proof."),
        2003 => ("El usuario no tiene el producto.", "The user does not hold the product."),
        _ => ("El banco o la conexión con él.", "The bank or the connection to it."),
    }
}

/// All warning codes, as a list in a list.
pub(super) fn warnings(english: bool) -> Value {
    let list = WARNINGS.iter().map(|(code, priority)| {
        let (what, way_out) = warned(*priority);
        json!({
            "code": code,
            "description": say(what, english),
            "possible_reasons": say(reason(0), english),
            "how_to_proceed": say(way_out, english),
            "priority": priority,
        })
    });
    json!([list.collect::<Vec<_>>()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_forty_errors_eighteen_of_them_fatal() {
        assert_eq!((ERRORS.len(), ERRORS.iter().filter(|meaning| meaning.fatal).count()), (40, 18));
        assert_eq!(WARNINGS.len(), 14);
    }
}

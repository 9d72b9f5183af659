//! Holders of accounts, none of whom exists.

use jiff::civil::Date;

use super::{Random, Region, World};

/// A person, with what banks know of them. E-mail addresses and telephone numbers are from ranges that are never assigned.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) number: u64,
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    /// Second family name, where two are usual.
    pub(crate) second_last_name: Option<&'static str>,
    pub(crate) female: bool,
    pub(crate) birth_date: Date,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) street: String,
    pub(crate) city: &'static str,
    pub(crate) state: &'static str,
    pub(crate) post_code: String,
    /// The national number of a person: DNI, CPF, RFC, RUT or a tax id.
    pub(crate) document: String,
}

struct Names {
    women: &'static [&'static str],
    men: &'static [&'static str],
    families: &'static [&'static str],
    streets: &'static [&'static str],
    /// City and state.
    cities: &'static [(&'static str, &'static str)],
}

const EUROPE: Names = Names {
    women: &["Emma", "Hannah", "Mia", "Clara", "Lena", "Greta", "Nora", "Alice"],
    men: &["Paul", "Jonas", "Felix", "Ben", "Oskar", "Emil", "Hugo", "Simon"],
    families: &["Berger", "Lindqvist", "Keller", "Novak", "Maier", "Dubois", "Jansen", "Rossi", "Hartmann", "Svoboda"],
    streets: &["Lindenstraße", "Bahnhofstraße", "Gartenweg", "Mühlenweg", "Schulstraße"],
    cities: &[("Berlin", "Berlin"), ("Hamburg", "Hamburg"), ("Leipzig", "Sachsen"), ("Köln", "Nordrhein-Westfalen")],
};

const SPANISH: Names = Names {
    women: &["Lucía", "Carmen", "Marta", "Elena", "Paula", "Inés", "Rocío", "Nuria"],
    men: &["Javier", "Álvaro", "Diego", "Sergio", "Hugo", "Mateo", "Andrés", "Iván"],
    families: &["García", "Fernández", "Ruiz", "Molina", "Castro", "Navarro", "Ibáñez", "Peña", "Herrera", "Vidal"],
    streets: &["Calle Mayor", "Calle del Sol", "Avenida de la Paz", "Calle San Martín", "Paseo del Río"],
    cities: &[("Madrid", "Madrid"), ("Sevilla", "Sevilla"), ("Valencia", "Valencia"), ("Bilbao", "Bizkaia")],
};

const BRAZIL: Names = Names {
    women: &["Ana", "Beatriz", "Juliana", "Larissa", "Camila", "Fernanda", "Isabela", "Mariana"],
    men: &["João", "Lucas", "Rafael", "Thiago", "Gustavo", "Bruno", "Felipe", "Caio"],
    families: &["Silva", "Souza", "Oliveira", "Pereira", "Lima", "Carvalho", "Almeida", "Ribeiro", "Barbosa", "Rocha"],
    streets: &["Rua das Flores", "Rua Quinze de Novembro", "Avenida Paulista", "Rua da Praia", "Rua São João"],
    cities: &[("São Paulo", "SP"), ("Rio de Janeiro", "RJ"), ("Belo Horizonte", "MG"), ("Porto Alegre", "RS")],
};

const MEXICAN_CITIES: &[(&str, &str)] =
    &[("Ciudad de México", "CDMX"), ("Guadalajara", "Jalisco"), ("Puebla", "Puebla")];
const CHILEAN_CITIES: &[(&str, &str)] = &[("Santiago", "Metropolitana"), ("Valparaíso", "Valparaíso")];
const ARGENTINE_CITIES: &[(&str, &str)] = &[("Buenos Aires", "CABA"), ("Córdoba", "Córdoba"), ("Rosario", "Santa Fe")];

fn names(region: Region) -> (&'static Names, &'static [(&'static str, &'static str)]) {
    match region {
        Region::Europe => (&EUROPE, EUROPE.cities),
        Region::Spain => (&SPANISH, SPANISH.cities),
        Region::Brazil => (&BRAZIL, BRAZIL.cities),
        Region::Mexico => (&SPANISH, MEXICAN_CITIES),
        Region::Chile => (&SPANISH, CHILEAN_CITIES),
        Region::Argentina => (&SPANISH, ARGENTINE_CITIES),
    }
}

impl Person {
    pub(super) fn new(world: &World, region: Region, number: u64) -> Self {
        let mut random = world.random("person", &[number]);
        let (names, cities) = names(region);
        let female = random.one_in(2);
        let first_names = if female { names.women } else { names.men };
        let first_name = random.pick(first_names).copied().unwrap_or_default();
        let last_name = random.pick(names.families).copied().unwrap_or_default();
        let second = random.pick(names.families).copied();
        let second_last_name = second.filter(|_| !matches!(region, Region::Europe | Region::Brazil));
        let (city, state) = random.pick(cities).copied().unwrap_or_default();
        let street = random.pick(names.streets).copied().unwrap_or_default();
        let birth_date = Date::constant(1955, 1, 1).saturating_add(jiff::Span::new().days(random.between(0, 16_000)));
        Self {
            number,
            first_name,
            last_name,
            second_last_name,
            female,
            birth_date,
            email: format!("{}.{}{number}@example.com", plain(first_name), plain(last_name)),
            phone: format!("+1555{}", random.digits(7)),
            street: format!("{street} {}", random.between(1, 180)),
            city,
            state,
            post_code: random.digits(if region == Region::Brazil { 8 } else { 5 }),
            document: document(region, &mut random, birth_date),
        }
    }

    /// First and family names in one line.
    pub(crate) fn full_name(&self) -> String {
        match self.second_last_name {
            Some(second) => format!("{} {} {second}", self.first_name, self.last_name),
            None => format!("{} {}", self.first_name, self.last_name),
        }
    }
}

/// Lower-case ASCII letters, as they stand in an address.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|char| match char {
            'á' | 'ã' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' | 'ö' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            other => other,
        })
        .filter(char::is_ascii_lowercase)
        .collect()
}

fn document(region: Region, random: &mut Random, born: Date) -> String {
    match region {
        Region::Spain => {
            let number = random.between(10_000_000, 99_999_999);
            let letter = b"TRWAGMYFPDXBNJZSQVHLCKE"[usize::try_from(number % 23).unwrap_or_default()];
            format!("{number}{}", char::from(letter))
        }
        Region::Brazil => cpf(&random.digits(9)),
        Region::Mexico => {
            let letters: String =
                (0..4).map(|_| char::from(b'A' + u8::try_from(random.below(26)).unwrap_or_default())).collect();
            format!("{letters}{:02}{:02}{:02}{}A", born.year() % 100, born.month(), born.day(), random.digits(2))
        }
        Region::Chile => format!("{}-{}", random.between(5_000_000, 25_000_000), random.below(10)),
        Region::Argentina => random.between(20_000_000, 45_000_000).to_string(),
        Region::Europe => random.digits(11),
    }
}

/// Nine digits with the two check digits of a CPF.
fn cpf(digits: &str) -> String {
    let mut digits: Vec<u32> = digits.chars().filter_map(|char| char.to_digit(10)).collect();
    for length in [10, 11] {
        let sum: u32 = digits.iter().zip((2..=length).rev()).map(|(digit, weight)| digit * weight).sum();
        digits.push(match sum % 11 {
            0 | 1 => 0,
            rest => 11 - rest,
        });
    }
    digits.iter().map(u32::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_right() {
        assert_eq!(cpf("111444777"), "11144477735");
    }
}

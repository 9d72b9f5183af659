//! Names that nobody declared.

/// Longer names are no names.
const LONGEST: usize = 48;

/// The problem with an undeclared name, with the declared one that was probably meant.
pub(super) fn undeclared<'a>(name: &str, declared: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(near) = nearest(name, declared.clone()) {
        return format!("is not declared; `{near}` is");
    }
    let known: Vec<&str> = declared.take(12).collect();
    if known.is_empty() {
        "is not declared, and nothing is here".to_owned()
    } else {
        format!("is not declared; declared are {}", known.join(", "))
    }
}

/// A name that nobody declared, as it may be shown: a secret that stands where a name should is none.
pub(crate) fn shown<'a>(name: &'a str, value: &str) -> Option<&'a str> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(&byte);
    (name.len() <= LONGEST && !value.is_empty() && name.bytes().all(usual)).then_some(name)
}

/// The name that was probably meant.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.filter(|known| distance(name, known) <= 1 + known.len() / 5).min_by_key(|known| distance(name, known))
}

/// Edits between two words, a swap of neighbours counting as one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substituted = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_not_shown() {
        assert_eq!(shown("link__in", "a"), Some("link__in"));
        for (name, value) in [("token", ""), ("{\"password\": \"p\"}", "a"), ("p w", "a"), (&*"a".repeat(49), "a")] {
            assert_eq!(shown(name, value), None, "{name}");
        }
    }

    #[test]
    fn the_name_that_was_meant_is_told() {
        let known = ["from_id", "per_page", "pending"];
        assert_eq!(undeclared("per_pge", known.into_iter()), "is not declared; `per_page` is");
        assert_eq!(undeclared("perpage", known.into_iter()), "is not declared; `per_page` is");
        assert_eq!(undeclared("limit", known.into_iter()), "is not declared; declared are from_id, per_page, pending");
        assert_eq!(undeclared("limit", std::iter::empty()), "is not declared, and nothing is here");
    }
}

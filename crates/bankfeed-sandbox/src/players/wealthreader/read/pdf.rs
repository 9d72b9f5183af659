//! The smallest document that readers of PDF open.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One page with a line of text, in Base64. What is no plain ASCII is left out.
pub(super) fn of(text: &str) -> String {
    STANDARD.encode(page(text))
}

fn page(text: &str) -> String {
    let plain: String = text.chars().filter(|char| matches!(char, ' '..='~') && !"()\\".contains(*char)).collect();
    let stream = format!("BT /F1 12 Tf 40 100 Td ({plain}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj{object}endobj\n", index + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 6\n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_points_to_the_objects() {
        let file = page("Recibo (1)");
        let table = file.split("xref\n0 6\n").nth(1).unwrap();
        for (index, line) in table.lines().skip(1).take(5).enumerate() {
            let offset: usize = line[..10].parse().unwrap();
            assert!(file[offset..].starts_with(&format!("{} 0 obj", index + 1)));
        }
        let start: usize = file.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(file[start..].starts_with("xref"));
        assert!(file.contains("(Recibo 1)"));
    }
}

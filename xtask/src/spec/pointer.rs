//! JSON pointers (RFC 6901), the way every place in a document is named.

/// The pointer of a member of the object at `parent`.
pub(crate) fn child(parent: &str, key: &str) -> String {
    if !key.contains(['~', '/']) {
        return format!("{parent}/{key}");
    }
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The members of a pointer, unescaped.
pub(crate) fn members(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|member| member.replace("~1", "/").replace("~0", "~"))
}

/// The last member of a pointer, unescaped.
pub(crate) fn last(pointer: &str) -> String {
    members(pointer).last().unwrap_or_default()
}

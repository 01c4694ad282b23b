//! From bytes to messages.

/// The longest packet that is read, in bytes: no datagram is longer.
pub const LONGEST_PACKET: usize = 65_536;

/// How deep bundles may lie in each other.
pub const DEEPEST_BUNDLE: usize = 8;

/// The longest address, in bytes.
pub const LONGEST_ADDRESS: usize = 256;

/// The most arguments of a message.
pub const MOST_ARGUMENTS: usize = 16;

/// A message: an address and what is said to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message<'a> {
    /// Begins with `/`; may be a pattern.
    pub address: &'a str,
    /// What is said; nothing is a question.
    pub arguments: Vec<Argument<'a>>,
}

/// Something that is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'a> {
    /// A number, finite; whole ones and switches (`T`, `F`) are numbers, too.
    Number(f64),
    /// A text.
    Text(&'a str),
    /// Something of a kind that nothing here asks for.
    Other,
}

impl Argument<'_> {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) | Self::Other => None,
        }
    }
}

/// Why a packet is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It is longer than [`LONGEST_PACKET`], or its length is no multiple of 4.
    #[error("a packet of an impossible length")]
    Length,
    /// Something in it goes on behind its end.
    #[error("a packet that ends too early")]
    CutOff,
    /// Bundles lie in each other more than [`DEEPEST_BUNDLE`] deep.
    #[error("bundles in bundles in bundles")]
    Depth,
    /// An address that does not begin with `/`, or is longer than [`LONGEST_ADDRESS`].
    #[error("an address that is none")]
    Address,
    /// A text that is not text.
    #[error("a text that is none")]
    Text,
    /// A type that does not exist, or more than [`MOST_ARGUMENTS`] of them.
    #[error("arguments of unknown types, or too many")]
    Types,
    /// A number that is none or infinite.
    #[error("a number that is none")]
    Number,
    /// There is more in it than its messages say.
    #[error("a message that is longer than it says")]
    TooLong,
}

/// All messages of a packet, in their order; those of bundles are meant for now, whatever their time.
///
/// # Errors
/// If anything in it is malformed: then none of it counts.
pub fn read(packet: &[u8]) -> Result<Vec<Message<'_>>, Malformed> {
    if packet.len() > LONGEST_PACKET || !packet.len().is_multiple_of(4) {
        return Err(Malformed::Length);
    }
    let mut messages = Vec::new();
    element(packet, 0, &mut messages)?;
    Ok(messages)
}

fn element<'a>(
    bytes: &'a [u8],
    depth: usize,
    messages: &mut Vec<Message<'a>>,
) -> Result<(), Malformed> {
    const BUNDLE: &[u8] = b"#bundle\0";
    let Some(mut bundle) = bytes.strip_prefix(BUNDLE) else {
        messages.push(message(bytes)?);
        return Ok(());
    };
    if depth == DEEPEST_BUNDLE {
        return Err(Malformed::Depth);
    }
    take::<8>(&mut bundle)?;
    while !bundle.is_empty() {
        let length = u32::from_be_bytes(take(&mut bundle)?) as usize;
        if !length.is_multiple_of(4) {
            return Err(Malformed::Length);
        }
        let (inner, rest) = bundle.split_at_checked(length).ok_or(Malformed::CutOff)?;
        element(inner, depth + 1, messages)?;
        bundle = rest;
    }
    Ok(())
}

fn message(mut bytes: &[u8]) -> Result<Message<'_>, Malformed> {
    let address = text(&mut bytes)?;
    let is_printable = address.chars().all(|it| !it.is_control());
    if !address.starts_with('/') || address.len() > LONGEST_ADDRESS || !is_printable {
        return Err(Malformed::Address);
    }
    let mut arguments = Vec::new();
    if bytes.is_empty() {
        // Old senders leave the types out where there are none.
        return Ok(Message { address, arguments });
    }
    let types = text(&mut bytes)?.strip_prefix(',').ok_or(Malformed::Types)?;
    if types.len() > MOST_ARGUMENTS {
        return Err(Malformed::Types);
    }
    for kind in types.bytes() {
        arguments.push(argument(kind, &mut bytes)?);
    }
    if bytes.is_empty() { Ok(Message { address, arguments }) } else { Err(Malformed::TooLong) }
}

fn argument<'a>(kind: u8, bytes: &mut &'a [u8]) -> Result<Argument<'a>, Malformed> {
    Ok(match kind {
        b'i' => Argument::Number(i32::from_be_bytes(take(bytes)?).into()),
        b'h' => Argument::Number(i64::from_be_bytes(take(bytes)?) as f64),
        b'f' => finite(f32::from_be_bytes(take(bytes)?).into())?,
        b'd' => finite(f64::from_be_bytes(take(bytes)?))?,
        b'T' => Argument::Number(1.0),
        b'F' => Argument::Number(0.0),
        b's' | b'S' => Argument::Text(text(bytes)?),
        b'b' => {
            let length = u32::from_be_bytes(take(bytes)?) as usize;
            let padded = length.checked_next_multiple_of(4).ok_or(Malformed::CutOff)?;
            *bytes = bytes.split_at_checked(padded).ok_or(Malformed::CutOff)?.1;
            Argument::Other
        }
        b'c' | b'm' | b'r' => take::<4>(bytes).map(|_| Argument::Other)?,
        b't' => take::<8>(bytes).map(|_| Argument::Other)?,
        b'N' | b'I' => Argument::Other,
        _ => return Err(Malformed::Types),
    })
}

fn finite<'a>(number: f64) -> Result<Argument<'a>, Malformed> {
    if number.is_finite() { Ok(Argument::Number(number)) } else { Err(Malformed::Number) }
}

/// A text, which ends with one to four zeros at a multiple of 4 bytes.
fn text<'a>(bytes: &mut &'a [u8]) -> Result<&'a str, Malformed> {
    let length = bytes.iter().position(|byte| *byte == 0).ok_or(Malformed::CutOff)?;
    let padded = length / 4 * 4 + 4;
    let (text, rest) = bytes.split_at_checked(padded).ok_or(Malformed::CutOff)?;
    if text[length..].iter().any(|byte| *byte != 0) {
        return Err(Malformed::Text);
    }
    *bytes = rest;
    std::str::from_utf8(&text[..length]).map_err(|_| Malformed::Text)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], Malformed> {
    let (first, rest) = bytes.split_first_chunk().ok_or(Malformed::CutOff)?;
    *bytes = rest;
    Ok(*first)
}

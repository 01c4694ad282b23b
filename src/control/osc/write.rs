//! From a message to bytes.

use super::packet::Argument;

/// The bytes of a message, behind those that are there already; numbers are written as `f`.
pub fn write(address: &str, arguments: &[Argument<'_>], bytes: &mut Vec<u8>) {
    text(address, bytes);
    let kind = |argument: &Argument<'_>| match argument {
        Argument::Number(_) => 'f',
        Argument::Text(_) => 's',
        Argument::Other => 'N',
    };
    let types: String = std::iter::once(',').chain(arguments.iter().map(kind)).collect();
    text(&types, bytes);
    for argument in arguments {
        match argument {
            Argument::Number(number) => bytes.extend((*number as f32).to_be_bytes()),
            Argument::Text(it) => text(it, bytes),
            Argument::Other => {}
        }
    }
}

fn text(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend(text.bytes().filter(|byte| *byte != 0));
    bytes.push(0);
    while !bytes.len().is_multiple_of(4) {
        bytes.push(0);
    }
}

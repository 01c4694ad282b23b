//! Loudness and true peak, as ITU-R BS.1770-5, EBU Tech 3341 and Tech 3342 define them.

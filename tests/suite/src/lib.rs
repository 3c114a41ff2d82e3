//! Properties of the whole, from text to result.

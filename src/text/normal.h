// SPDX-License-Identifier: Apache-2.0
// One spelling of a text for all that reads it: NFKC, character references of HTML resolved, straight
// apostrophes, nothing hidden. Any bytes come in, valid UTF-8 goes out. Linear in the text, also against
// long piles of accents.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

/// The text itself where it is plain already, else written into `room`. What is no UTF-8 becomes U+FFFD;
/// control characters become blanks; direction overrides, zero-width and private-use characters and variation
/// selectors go; a joiner stays between pictures only; at most four accents stand on one letter.
std::string_view Normalise(std::string_view text, std::string& room);

}  // namespace backcast

// SPDX-License-Identifier: Apache-2.0
// Text measured in terminal columns: East Asian wide letters and emoji take two, combining marks none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backcast {

int DisplayWidth(std::string_view text);

/// `text` when it fits in `columns`, else its beginning and an ellipsis, never wider; no letter is cut from
/// its marks.
std::string Truncate(std::string_view text, int columns);

/// Truncate(), then blanks up to exactly `columns`, behind or (right) before the text.
std::string Pad(std::string_view text, int columns, bool right = false);

/// Lines of at most `columns`, broken at blanks; a word that is wider than a line is broken inside. At least
/// one line.
std::vector<std::string> Wrap(std::string_view text, int columns);

/// Every character that is not ASCII replaced by ASCII of the same width: box drawing by + - |, bars by
/// levels, the rest by question marks.
std::string ToAscii(std::string_view text);

}  // namespace backcast

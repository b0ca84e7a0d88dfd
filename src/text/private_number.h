// SPDX-License-Identifier: Apache-2.0
// Phone, card and bank account numbers in a text, told from amounts, dates, ids and addresses of pages.
#pragma once

#include <cstddef>
#include <string_view>

namespace backcast {

enum class PrivateNumber : unsigned char { kNone, kPhone, kAccount };

/// What stands at `at` of `skeleton` (ASCII, as text/masking makes it) when it is private, and in `end` where
/// it ends. What stands before `from` is masked already and tells nothing. Looks at most 64 bytes ahead.
PrivateNumber PrivateNumberAt(std::string_view skeleton, std::size_t from, std::size_t at, std::size_t& end);

}  // namespace backcast

// SPDX-License-Identifier: Apache-2.0
// How a person is named in the lake: never by e-mail address or customer number, always by a keyed hash of
// it.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

/// 32 hex digits: HMAC-SHA-256 under the workspace's salt of the e-mail address or id, trimmed and in lower
/// case.
std::string PersonId(std::string_view salt, std::string_view identity);

}  // namespace backcast

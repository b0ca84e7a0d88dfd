// SPDX-License-Identifier: Apache-2.0
// Building and comparing trees of answers.
#pragma once

#include <string_view>

#include "base/yaml.h"

namespace backcast {

Yaml EmptyMap();
/// Adds a value, or a text, under a key that the map does not have.
void Put(Yaml& map, std::string_view key, Yaml value);
void PutText(Yaml& map, std::string_view key, std::string_view text);

/// The value at a path, or nullptr; "baseline.value" is also a baseline that is written as a number alone.
const Yaml* Written(const Yaml& entry, std::string_view path);

/// Written the same, whatever the places and quotes.
bool IsSame(const Yaml& left, const Yaml& right);

}  // namespace backcast

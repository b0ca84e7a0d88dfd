// SPDX-License-Identifier: Apache-2.0
// The pages' own words, kept as data: catalogue/sentences/en.yaml.
#pragma once

#include <string>
#include <string_view>

namespace backcast {

/// The sentence of that key; the key itself when there is none, so that a missing one is seen and not fatal.
std::string_view Say(std::string_view key);

/// What readers call a word of the catalogue: Call("level", "outtake") is "out-take (engagement)"; an unknown
/// word is given back with its underscores as blanks.
std::string Call(std::string_view kind, std::string_view word);

}  // namespace backcast

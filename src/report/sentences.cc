// SPDX-License-Identifier: Apache-2.0
#include "report/sentences.h"

#include <algorithm>
#include <map>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

const Sentences& All() {
  static const Sentences sentences = [] {
    Sentences read;
    const auto yaml = ParseYaml(Embedded("sentences/en.yaml").value_or(""), "sentences/en.yaml");
    if (!yaml.ok()) return read;
    for (const Yaml::Entry& entry : yaml.value().entries) read[entry.key] = entry.value.text;
    return read;
  }();
  return sentences;
}

}  // namespace

std::string_view Say(std::string_view key) {
  const auto found = All().find(key);
  return found == All().end() ? key : std::string_view(found->second);
}

std::string Call(std::string_view kind, std::string_view word) {
  const auto found = All().find(std::string(kind) + "." + std::string(word));
  if (found != All().end()) return found->second;
  std::string shown(word);
  std::replace(shown.begin(), shown.end(), '_', ' ');
  return shown;
}

}  // namespace backcast

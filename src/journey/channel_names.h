// SPDX-License-Identifier: Apache-2.0
// The many spellings of one sender: "LinkedIn", "lnkd.in" and "www.linkedin.com" are linkedin, a social
// network. Pure; filled from the names and click_ids of catalogue/channels/rules.yaml.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

struct ChannelName {
  std::string id;    ///< linkedin
  std::string kind;  ///< social, search, ai, mail, ...; of a click id ad_search, link, ...
  std::string of;    ///< of a click id: the name that puts it there
};

class ChannelNames {
 public:
  /// Adds a map {id: {kind, also: [...]}}; a name that is known gets further spellings, and a spelling that
  /// belonged to another name now belongs to this one. Errors: kInput with file:line:column.
  Result<Done> Add(const Yaml& names, std::string_view file);

  /// The name that a text stands for: the word itself, else its host or the nearest domain above it, the most
  /// specific spelling first; "google.*" is google under any country's last labels. nullptr when there is
  /// none.
  const ChannelName* Find(std::string_view text) const;
  const ChannelName* ById(std::string_view id) const;
  bool HasKind(std::string_view kind) const;

 private:
  std::map<std::string, ChannelName, std::less<>> names_;
  std::map<std::string, std::string, std::less<>> spellings_;  ///< folded spelling -> id
};

}  // namespace backcast

// SPDX-License-Identifier: Apache-2.0
// The ids of a plan by kind of node: who is defined where, and what a wrong reference may have meant.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/yaml.h"
#include "plan/shape.h"

namespace backcast {

/// Suggests near words until it has worked enough, so that a hostile file cannot buy hours of comparing.
class Suggester {
 public:
  /// "did you mean 'reach'?" or an empty string.
  std::string Suggest(std::string_view word, const std::vector<std::string>& known);

 private:
  std::size_t work_ = 0;
};

/// An id that is defined twice.
struct Repeat {
  std::string_view id, kind;
  Place place, first;
};

class Ids {
 public:
  /// Collects every list that `shapes` says has ids. `root` must outlive this.
  Ids(const Yaml& root, const Shapes& shapes);

  bool Has(std::string_view kind, std::string_view id) const;
  /// No node of this kind is defined at all.
  bool Empty(std::string_view kind) const;
  /// All ids of some kinds.
  std::vector<std::string> Of(const std::vector<std::string>& kinds) const;
  const std::vector<Repeat>& repeats() const { return repeats_; }

 private:
  void Collect(const Yaml& map, const Shape& shape, int depth);
  void Register(const std::string& kind, const Yaml& id);

  const Shapes& shapes_;
  std::map<std::string, std::unordered_map<std::string_view, Place>, std::less<>> by_kind_;
  std::map<std::string, std::string, std::less<>> space_of_;  ///< kind -> name space it shares
  std::map<std::string, std::unordered_map<std::string_view, Place>, std::less<>> by_space_;
  std::vector<Repeat> repeats_;
};

}  // namespace backcast

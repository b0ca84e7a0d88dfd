// SPDX-License-Identifier: Apache-2.0
// What the comments of a drafted plan say: "# assumed: ..." and "# answer: ...".
#pragma once

#include <string>
#include <string_view>

namespace backcast {

class PlanComments {
 public:
  /// `text`: of the plan. Long comments that were broken between words are read as one.
  explicit PlanComments(std::string_view text);

  /// The sentence stands in a comment, however it is broken.
  bool Say(std::string_view sentence) const;

 private:
  std::string words_;
};

}  // namespace backcast

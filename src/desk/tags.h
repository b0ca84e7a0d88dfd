// SPDX-License-Identifier: Apache-2.0
// Names that links should have carried: what tags.yaml says of campaigns, sources and mediums, applied when
// facts are read, so that files stay as the platforms gave them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/duckdb.h"
#include "facts/schema.h"

namespace backcast {

/// One entry of tags.yaml under `names`.
struct TagName {
  std::string field;  ///< source, medium or campaign
  std::string write;  ///< the name that counts
  std::vector<std::string>
      instead_of;  ///< spellings that were seen; case and blanks at the ends do not matter
};

/// Errors: kInput with file:line:column for anything that is no list of such entries.
Result<std::vector<TagName>> ReadTagNames(std::string_view yaml, std::string_view file);

/// The text of tags.yaml with the entries added at its end; the rest stays as it was. An empty text begins a
/// new file. Errors: kInput when the file is of another kind or its list is not what ends it.
Result<std::string> WithTagNames(const std::string& text, std::string_view file,
                                 const std::vector<TagName>& added);

/// Facts that have such a column show the names that count. Replaces their views; call after Lake::Attach.
Result<Done> ApplyTagNames(const std::vector<TagName>& names, const Schemas& schemas, DuckDb& engine);

}  // namespace backcast

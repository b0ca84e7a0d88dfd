// SPDX-License-Identifier: Apache-2.0
// Files of paths and of touches, one function per kind of file.
#pragma once

#include <memory>
#include <string>

#include "desk/attribute_asked.h"
#include "desk/attribute_columns.h"
#include "ingest/records.h"

namespace backcast {

/// The rules for a table: those of the command, else whole paths, or twenty touches of a journey and no
/// window.
JourneyRules RulesOfFile(const AttributeCommand& command, bool paths);

/// A table of paths. Errors: kInput with file:line for a count that is missing, no whole number or below
/// nought, a value below nought, a file that breaks off.
Result<AskedJourneys> ReadPathRows(RecordReader& reader, const JourneyColumns& columns,
                                   const AttributeCommand& command);

/// A table of touches as text. Rows without person, time or channel are left out and counted.
Result<AskedJourneys> ReadTouchRows(RecordReader& reader, const JourneyColumns& columns,
                                    const AttributeCommand& command);

/// Either kind as Parquet.
Result<AskedJourneys> ReadJourneyParquet(const AttributeCommand& command);

/// What was left out of a table of touches, and the first place where.
struct LeftOut {
  double rows = 0, refused = 0, without_person = 0, without_value = 0;
  std::string first, first_refused;
  std::vector<std::string> Notes() const;
};

}  // namespace backcast

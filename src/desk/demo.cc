// SPDX-License-Identifier: Apache-2.0
#include "desk/demo.h"

#include <charconv>

#include "demo/demo.h"
#include "desk/envelope.h"

namespace backcast {

Result<Answer> MakeDemo(const DemoCommand& command, Format format) {
  demo::DemoOptions options;
  options.seed = command.seed;
  options.days = command.days;
  options.kind = command.kind;
  if (!command.scale.empty()) {
    const char* end = command.scale.data() + command.scale.size();
    const auto [rest, fault] = std::from_chars(command.scale.data(), end, options.scale);
    if (fault != std::errc() || rest != end || !(options.scale > 0) || options.scale > 1000) {
      return Error{Code::kUsage, "",
                   "--scale needs a number above 0 and up to 1000, not '" + command.scale + "'", ""};
    }
  }
  BACKCAST_TRY(const std::vector<std::string> files, demo::WriteDemo(command.folder, options));
  Answer answer;
  if (format == Format::kJson) {
    answer.out = Dump(Envelope("demo", command.folder, {{"folder", command.folder}, {"files", files}}));
    return answer;
  }
  answer.out = "A simulated brand lies in " + command.folder + " (" + std::to_string(files.size()) +
               " files; what is true in it: truth.json)\n" + "next: backcast ingest -w " + command.folder +
               " " + command.folder + "/exports " + command.folder + "/costs.csv\n      backcast score -w " +
               command.folder + "\n";
  return answer;
}

}  // namespace backcast

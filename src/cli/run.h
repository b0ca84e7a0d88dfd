// SPDX-License-Identifier: Apache-2.0
// From the words of a command line to the desk's function, and its answer to stdout with an exit code.
#pragma once

#include <string>
#include <vector>

namespace backcast {

/// Runs one command; returns the exit code of CONTRACT (0, 1, 2, 3, 4, 5, 6, 130). Never throws.
int RunCommand(const std::vector<std::string>& arguments);

}  // namespace backcast

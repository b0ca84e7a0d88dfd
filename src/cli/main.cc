// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

int main(int count, char** words) { return backcast::RunCommand({words + 1, words + count}); }

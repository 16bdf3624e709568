#pragma once

namespace xgrad {

/// Sets how many threads compiled functions run on; 0 means as many as the machine has cores. Results do not depend on
/// it, to the last bit. Throws ValueError when it is negative or above 4096. Not to be called while a function runs.
void set_threads(int count);

/// How many threads compiled functions run on.
int threads();

}  // namespace xgrad

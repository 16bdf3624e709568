#pragma once

namespace xgrad {

/// Sets how many threads compiled functions run on; 0 means as many as the machine has cores. Results do not depend on
/// it, to the last bit. Several threads that call functions at once share them. May be called at any time, while
/// functions run as well. Throws ValueError when it is negative or above 4096.
void set_threads(int count);

/// How many threads compiled functions run on.
int threads();

}  // namespace xgrad

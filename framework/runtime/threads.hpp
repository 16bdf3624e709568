#pragma once

namespace xgrad {

/// Sets how many threads compiled functions run on; 0, the default, means as many as the process may use cores: what
/// its affinity and the quotas of its control groups allow. Results do not depend on it, to the last bit. Several
/// threads that call functions at once share them. May be called at any time, while functions run as well. Throws
/// ValueError when it is negative or above 4096.
void set_threads(int count);

/// How many threads compiled functions run on.
int threads();

}  // namespace xgrad

#pragma once

namespace xgrad {

/// Tells the BLAS to compute each call on the calling thread: TBB is the only source of threads. Does nothing after the
/// first call.
void use_one_blas_thread();

}  // namespace xgrad

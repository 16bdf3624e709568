#pragma once

#include <xgrad/models/mnist/options.hpp>

namespace mnist {

/// The whole way from raw images to a tested model, told on the standard output.
void walk(const Options& options);

}  // namespace mnist

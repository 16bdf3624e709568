#pragma once

// `broadcast_to` is part of differentiation itself; this file gives it its place among the operators.
#include <xgrad/framework/autodiff/broadcast.hpp>

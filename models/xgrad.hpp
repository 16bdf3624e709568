#pragma once

// Everything a user of xgrad needs.

#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/tensor.hpp>

# Finds Microsoft SEAL, in this order, and says which it took:
#   1. an installed SEAL of at least 4.4.3
#   2. the source tree named by -DWEIR_SEAL_SOURCE=
#   3. upstream, at the commit of v4.4.3
#   4. SEAL 4.1.2, which the source distribution of Pyfhel 3.5.0 carries in order to compile it
# What is built from source is installed below -DWEIR_SEAL_CACHE= once per origin and compiler.

set(WEIR_SEAL_WANTED 4.4.3)
set(WEIR_SEAL_UPSTREAM https://github.com/microsoft/SEAL.git)
set(WEIR_SEAL_COMMIT 356f2e6dcc0520dc9fc14e98674d9a56cba6018c)
set(WEIR_PYFHEL_SHA256 0375b83b5a83026924f59db25c4efa9f27e1e8a66d004658f4d24195986a04b6)

set(WEIR_SEAL_SOURCE "" CACHE PATH "A source tree of Microsoft SEAL to build")
set(WEIR_SEAL_CACHE "${CMAKE_BINARY_DIR}/seal" CACHE PATH "Where SEAL is installed once it is built")
set(WEIR_SEAL_FLAGS "-ffunction-sections -fdata-sections" CACHE STRING "More flags for SEAL")
option(WEIR_SEAL_OFFLINE "Do not ask upstream" OFF)

# One installation per origin, compiler and flags.
function(weir_seal_prefix origin out)
  string(SHA256 key "${origin};${CMAKE_CXX_COMPILER_ID};${CMAKE_CXX_COMPILER_VERSION};${CMAKE_SYSTEM_PROCESSOR};${WEIR_SEAL_FLAGS}")
  string(SUBSTRING "${key}" 0 16 key)
  set(${out} "${WEIR_SEAL_CACHE}/seal-${key}" PARENT_SCOPE)
endfunction()

function(weir_seal_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    string(LENGTH "${output}" length)
    if(length GREATER 4000)
      math(EXPR from "${length} - 4000")
      string(SUBSTRING "${output}" ${from} -1 output)
    endif()
    message(FATAL_ERROR "${what} failed:\n${output}")
  endif()
endfunction()

# Builds and installs; the half-done state of an interrupted build never takes the final name.
function(weir_seal_build source prefix)
  file(REMOVE_RECURSE "${prefix}.half" "${prefix}.build")
  include(ProcessorCount)
  ProcessorCount(cores)
  if(cores EQUAL 0)
    set(cores 1)
  endif()
  message(STATUS "SEAL: building ${source}")
  weir_seal_run("Configuring SEAL" "${CMAKE_COMMAND}" -S "${source}" -B "${prefix}.build" -G "${CMAKE_GENERATOR}"
    -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${WEIR_SEAL_FLAGS}"
    "-DCMAKE_INSTALL_PREFIX=${prefix}.half" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_POSITION_INDEPENDENT_CODE=ON
    -DSEAL_BUILD_DEPS=OFF -DSEAL_USE_MSGSL=OFF -DSEAL_USE_ZLIB=OFF -DSEAL_USE_ZSTD=OFF)
  weir_seal_run("Building SEAL" "${CMAKE_COMMAND}" --build "${prefix}.build" --target install --parallel ${cores})
  file(COPY "${source}/LICENSE" DESTINATION "${prefix}.half")
  file(REMOVE_RECURSE "${prefix}.build" "${prefix}")
  file(RENAME "${prefix}.half" "${prefix}")
endfunction()

function(weir_seal_upstream out)
  set(${out} "" PARENT_SCOPE)
  find_program(WEIR_GIT git)
  if(WEIR_SEAL_OFFLINE OR NOT WEIR_GIT)
    return()
  endif()
  set(tree "${CMAKE_BINARY_DIR}/seal-upstream")
  file(REMOVE_RECURSE "${tree}")
  set(ENV{GIT_TERMINAL_PROMPT} 0)
  foreach(step "init;-q;${tree}" "-C;${tree};fetch;-q;--depth;1;${WEIR_SEAL_UPSTREAM};${WEIR_SEAL_COMMIT}"
      "-C;${tree};checkout;-q;${WEIR_SEAL_COMMIT}")
    execute_process(COMMAND "${WEIR_GIT}" ${step} RESULT_VARIABLE status TIMEOUT 60 OUTPUT_QUIET ERROR_QUIET)
    if(NOT status EQUAL 0)
      return()
    endif()
  endforeach()
  set(${out} "${tree}" PARENT_SCOPE)
endfunction()

# pip checks the hash before any of the package's code runs; only Pyfhel/backend/SEAL is kept.
function(weir_seal_pyfhel out)
  find_program(WEIR_PYTHON NAMES python3 REQUIRED)
  set(tree "${CMAKE_BINARY_DIR}/pyfhel")
  file(REMOVE_RECURSE "${tree}")
  file(MAKE_DIRECTORY "${tree}")
  weir_seal_run("Fetching the source distribution of Pyfhel with pip" "${WEIR_PYTHON}" -m pip download --quiet
    --disable-pip-version-check --no-deps --no-binary Pyfhel --require-hashes
    -r "${CMAKE_CURRENT_SOURCE_DIR}/pyfhel-requirements.txt" -d "${tree}")
  file(GLOB archive "${tree}/*.tar.gz")
  file(SHA256 "${archive}" found)
  if(NOT found STREQUAL WEIR_PYFHEL_SHA256)
    message(FATAL_ERROR "The source distribution of Pyfhel is not the one that was reviewed.")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${tree}" PATTERNS "*/Pyfhel/backend/SEAL/*")
  file(GLOB source "${tree}/*/Pyfhel/backend/SEAL")
  set(${out} "${source}" PARENT_SCOPE)
endfunction()

find_package(SEAL ${WEIR_SEAL_WANTED} QUIET CONFIG)
if(SEAL_FOUND AND NOT WEIR_SEAL_SOURCE)
  set(WEIR_SEAL_ORIGIN "installed")
else()
  if(WEIR_SEAL_SOURCE)
    # A tree may change under its name: its own version file and time stand for it.
    file(TIMESTAMP "${WEIR_SEAL_SOURCE}/CMakeLists.txt" stamp)
    set(WEIR_SEAL_ORIGIN "source tree")
    weir_seal_prefix("${WEIR_SEAL_SOURCE};${stamp}" prefix)
    set(source "${WEIR_SEAL_SOURCE}")
  else()
    weir_seal_prefix("upstream ${WEIR_SEAL_COMMIT}" prefix)
    set(WEIR_SEAL_ORIGIN "upstream")
    if(NOT EXISTS "${prefix}/LICENSE")
      weir_seal_upstream(source)
      if(NOT source)
        weir_seal_prefix("pyfhel ${WEIR_PYFHEL_SHA256}" prefix)
        set(WEIR_SEAL_ORIGIN "Pyfhel 3.5.0 source distribution")
        if(NOT EXISTS "${prefix}/LICENSE")
          weir_seal_pyfhel(source)
        endif()
      endif()
    endif()
  endif()
  if(NOT EXISTS "${prefix}/LICENSE")
    weir_seal_build("${source}" "${prefix}")
  endif()
  find_package(SEAL REQUIRED CONFIG PATHS "${prefix}" NO_DEFAULT_PATH)
endif()
message(STATUS "SEAL: took ${SEAL_VERSION} (${WEIR_SEAL_ORIGIN})")
